# Thin names for manage.py, which does everything.
.PHONY: demo test lint fuzz faults
demo test lint:
	python3 manage.py $@

# The interface for software, sent 2,000 generated requests (the suite sends few).
fuzz:
	FUZZ_CASES=2000 python3 manage.py test tests/api/test_fuzz.py -n0

# 2,000 reminders and twenty kills of two sweepers (the suite has sixty and three).
faults:
	CAREPLAN_FAULTS=2000,20,40 python3 manage.py test tests/faults -n0 -q -s
