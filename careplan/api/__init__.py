"""The plumbing of REST and its OAuth: who asks, how often, what a problem looks like, and the document of it all."""
