"""What returns add to the frame."""


def register() -> None:
    """Nothing yet."""
