"""Who may open the notebook.  A local notebook has one user, made on first start."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Our own user model from the first day, so that a school can extend it later."""
