"""The addresses of an account, `{subdomain}` and `{space}` filled in."""

from cowork_cli.errors import ConfigError


def filled(url: str, spaces: object, account: str) -> list[str]:
    """A URL with its `{subdomain}` or `{space}` filled in, once for each space of the settings.

    Raises ConfigError for a space that would change which host is asked.
    """
    if "{" not in url:
        return [url]
    filled = []
    for space in spaces if isinstance(spaces, list | tuple) else ():
        name = str(space)
        if not name.isascii() or not name.replace("-", "").isalnum():
            raise ConfigError(
                f'"{name}" is not the name of a space in an address',
                f"write it as in its address: `cowork account add {account} --set spaces=hafen`",
                account=account,
            )
        filled.append(url.replace("{subdomain}", name).replace("{space}", name))
    return filled
