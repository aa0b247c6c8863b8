"""One adapter for each platform that cowork can ask; base.py says what one may offer."""
