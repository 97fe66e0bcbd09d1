"""What a good pack is beyond a readable one: pure rules, one module each, behind `manage.py check_pack`."""
