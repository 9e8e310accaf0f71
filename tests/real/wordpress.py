"""A WordPress of our own for as long as a test lasts: Debian's package, on a MariaDB of its own.

    database  mariadbd in a folder, with a socket there and no port; it has no tables but WordPress's, and asks nobody
              who he is: nobody else comes to that folder
    site      WordPress in a folder beside it, by `php -S` on a free port of 127.0.0.1, installed by its own functions
    people    `admin`, an administrator, and `anna`, an author, who may not write every HTML (unfiltered_html)

All run as nobody. WordPress asks no other computer (WP_HTTP_BLOCK_EXTERNAL), and shows no faces from elsewhere.

It fetches nothing from addresses and ports of which it thinks that strangers have no business there. A site under test
is at such a one, so two filters let it: `http_request_host_is_external` and `http_allowed_safe_ports`. They are all
that is not as it was delivered; a site on the web needs neither.
"""

import json
import os
import secrets
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.real.programs import folder, free_ports, nobody, started
from tests.require import missing, require

PACKAGE = Path("/usr/share/wordpress")
"""Where Debian's package has it."""

DATABASE = """[mariadbd]
datadir = {path}/sql
socket = {path}/socket
pid-file = {path}/pid
log-error = {path}/sql.log
skip-networking
skip-grant-tables
innodb-log-file-size = 8M
innodb-buffer-pool-size = 32M
innodb-flush-log-at-trx-commit = 0
innodb-fast-shutdown = 2
"""

CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{path}/socket');
define('DB_CHARSET', 'utf8mb4');
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY'] as $name) {{
    define($name, '{secret}');
}}
define('WP_HOME', '{origin}');
define('WP_SITEURL', '{origin}');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('DISABLE_WP_CRON', true);
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
"""

FILTERS = """<?php
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn($ports) => [...$ports, {port}]);
"""

BEGIN = """<?php
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
$told = json_decode(file_get_contents('php://stdin'), true);
"""

INSTALL = """
define('WP_INSTALLING', true);
function wp_new_blog_notification() {}  // it would send a letter
require 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('A blog', 'admin', 'admin@blog.example', true, '', wp_generate_password());
wp_insert_user(['user_login' => 'anna', 'user_pass' => wp_generate_password(), 'role' => 'author']);
update_option('show_avatars', 0);
"""

WRITE = """
require 'wp-load.php';
wp_set_current_user(get_user_by('login', $told['author'])->ID);
$post = ['post_title' => 'A post', 'post_content' => $told['content'], 'post_status' => 'publish'];
echo get_permalink(wp_insert_post(wp_slash($post)));
"""

THEME = """
require 'wp-load.php';
switch_theme($told['theme']);
echo get_stylesheet();
"""


class WordPress:
    """A site that runs."""

    def __init__(self, path: Path, origin: str) -> None:
        self.path, self.origin = path, origin

    def install(self) -> None:
        assert self.php(INSTALL) == ""

    def write(self, content: str, author: str = "admin") -> str:
        """The address of a new post. What its author may not write is taken out of it."""
        return self.php(WRITE, content=content, author=author)

    def wear(self, theme: str) -> None:
        """From now on every page is shown in this theme."""
        assert self.php(THEME, theme=theme) == theme

    def php(self, script: str, **told: str) -> str:
        """What a script prints. Raises AssertionError where it does not end well."""
        (self.path / "script.php").write_text(BEGIN + script)
        done = subprocess.run(
            [require("php", "php-cli"), self.path / "script.php"], input=json.dumps(told), cwd=self.path / "site",
            capture_output=True, text=True, check=False, **nobody(),
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), f"{done.stdout}\n{done.stderr}"
        return done.stdout


def installed(*themes: str) -> None:
    """Where the package or a theme is missing the test is skipped, and with CI=true it fails."""
    for theme in themes:
        if not (PACKAGE / "wp-content/themes" / theme).is_dir():
            missing(f"WordPress is missing; its Debian packages are wordpress and wordpress-theme-{theme}")


def mariadbd() -> Path:
    """The server. It is in a folder that is root's path alone."""
    found = shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin")
    return Path(found) if found else require("mariadbd", "mariadb-server-core")


def lay_out(path: Path, origin: str, port: int) -> None:
    """The site's folder: links into the package, and what is our own. Files that stand at its top find the others by
    their own place, so they are copied."""
    site = path / "site"
    for one in PACKAGE.iterdir():
        if one.is_file() and one.suffix == ".php":
            shutil.copy(one, site / one.name)
    for name in ("wp-admin", "wp-includes", "wp-content/themes"):
        (site / name).symlink_to(PACKAGE / name)
    (path / "my.cnf").write_text(DATABASE.format(path=path))
    (site / "wp-config.php").write_text(CONFIG.format(path=path, origin=origin, secret=secrets.token_hex(32)))
    (site / "wp-content/mu-plugins/under-test.php").write_text(FILTERS.format(port=port))


@contextmanager
def serving(port: int, *themes: str) -> Iterator[WordPress]:
    """A site that has these themes, and that may embed from another one at `port` of this machine."""
    installed(*themes)
    # A folder among its data is a database.
    below = "sql", "sql/wordpress", "site", "site/wp-content", "site/wp-content/mu-plugins"
    (own,) = free_ports(1)
    with folder("wp", *below) as path, (path / "log").open("wb") as log:
        site = WordPress(path, f"http://127.0.0.1:{own}")
        lay_out(path, site.origin, port)
        database: list[str | Path] = [mariadbd(), f"--defaults-file={path}/my.cnf"]
        server: list[str | Path] = [require("php", "php-cli"), "-S", f"127.0.0.1:{own}", "-t", "site"]
        with started(database, path, stdout=log, stderr=log) as under:
            wait(under, path / "sql.log", (path / "socket").exists)
            site.install()
            with started(server, path, stdout=log, stderr=log) as process:
                wait(process, path / "log", lambda: answers(f"{site.origin}/"))
                yield site


def wait(process: subprocess.Popen[bytes], log: Path, ready: Callable[[], bool]) -> None:
    """Raises AssertionError with what the program has logged where it ends, or takes too long."""
    for _ in range(1000):
        if ready():
            return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise AssertionError(log.read_text())


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310 - our own loopback
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False
