"""Every command of the portal says how it is used."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class

OURS = {
    app.name
    for app in apps.get_app_configs()
    if app.path.startswith(str(settings.BASE_DIR)) and ".venv" not in app.path
}
COMMANDS = sorted((name, app) for name, app in get_commands().items() if app in OURS)


@pytest.mark.parametrize(("name", "app"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_help_is_printed(name, app):
    command = load_command_class(app, name)
    assert command.create_parser("manage.py", name).format_help().startswith("usage: ")
    assert command.help
