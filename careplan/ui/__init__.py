"""The look of Careplan: base templates, components, form rendering, page decorators, headers."""
