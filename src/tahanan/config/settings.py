"""Django's settings, made from `Environment`, which reads the environment once."""
