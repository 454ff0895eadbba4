"""Long trials of what the program promises: kills, faults of the disk, damaged inputs. `make campaign` runs them.

Each trial has a number, which alone decides what happens in it: `python -m campaign fuzz 1 --first 4711` repeats one.
docs/reliability.md has the figures of a long run; tests/test_campaign.py makes a short one of each.
"""
