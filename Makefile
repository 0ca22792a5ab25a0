# Thin names for manage.py, which does everything.
.PHONY: demo test lint
demo test lint:
	python3 manage.py $@
