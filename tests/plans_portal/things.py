"""What the addresses of a client's own plan can name."""


def things(world, key, lead):
    return {}
