"""What somebody meets who isn't signed in: a first link, a lost password."""
