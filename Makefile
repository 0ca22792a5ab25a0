# Thin names for manage.py, which does everything.
.PHONY: demo test lint fuzz
demo test lint:
	python3 manage.py $@

# The interface for software, sent 2,000 generated requests (the suite sends few).
fuzz:
	FUZZ_CASES=2000 python3 manage.py test tests/api/test_fuzz.py -n0
