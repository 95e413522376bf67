"""The only reader of the environment."""

import os
import re
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

KNOWN_PREFIXED = {"CONSILIENCE_HOME", "CONSILIENCE_SECRET"}
MAIL_SERVER = "write SMTP_URL as smtp://user:password@host:port, or starttls:// or smtps://"
MAIL_PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
SENDER = re.compile(r"[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+")
PUBLIC_URL = re.compile(r"https?://[^/\s?#]+/?")
# Names that no public name server answers for: there plain HTTP stays in the house.
INDOORS = re.compile(r"[^.]+|.+\.(local|localhost|lan|home|internal|test|home\.arpa)")
LISTENED_TO = (
    "over the open internet, plain HTTP shows everybody's links and ballots to whoever listens: "
    "write https://… and let a proxy encrypt (docs/deployment.md)"
)
MAKE_ONE = "`openssl rand -hex 32` makes one; without it the server makes its own."
# Over plain HTTP only on this very machine, where tests and trials have their provider.
SAFE_ISSUER = re.compile(r"https://[^/\s?#]|http://(127\.0\.0\.1|localhost)[:/]")
OIDC = ("oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_organisers")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Mail:
    """How mail leaves: `smtps` speaks TLS from the start, `starttls` insists on it, and `smtp`
    takes it where the server offers it."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


class Settings(BaseSettings):
    """What the operator decides; every field is an environment variable of the same name."""

    # The prefix keeps the field `home` from being read out of HOME.
    model_config = SettingsConfigDict(
        populate_by_name=True, extra="ignore", env_prefix="CONSILIENCE_", env_ignore_empty=True
    )

    home: Path = Field(default=ROOT / "var", validation_alias="CONSILIENCE_HOME")
    secret_text: str | None = Field(default=None, validation_alias="CONSILIENCE_SECRET")
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="PORT")
    public_url: str | None = Field(default=None, validation_alias="PUBLIC_URL")
    trusted: str = Field(default="127.0.0.1,::1", validation_alias="TRUSTED_PROXIES")
    smtp_url: str | None = Field(default=None, validation_alias="SMTP_URL")
    mail_from: str | None = Field(default=None, validation_alias="MAIL_FROM")
    oidc_issuer: str = Field(default="", validation_alias="OIDC_ISSUER")
    oidc_client_id: str = Field(default="", validation_alias="OIDC_CLIENT_ID")
    oidc_client_secret: str = Field(default="", validation_alias="OIDC_CLIENT_SECRET", repr=False)
    oidc_organisers: str = Field(default="", validation_alias="OIDC_ORGANISERS")
    build: str = "0.1.0"

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str | None) -> str | None:
        if value and not PUBLIC_URL.fullmatch(value):
            raise ValueError("write the whole address, for example https://meeting.example.org")
        if value and value.startswith("http://"):
            address = _address(urlsplit(value).hostname or "")
            if address and address.is_global:
                raise ValueError(LISTENED_TO)
        return value

    @property
    def overheard(self) -> str:
        """What to say where people type a plain address that may lead over the open internet: a
        name alone doesn't tell, so it is no refusal. Empty otherwise."""
        typed = urlsplit(self.public_url or "")
        host = typed.hostname or ""
        inside = _address(host) is not None or INDOORS.fullmatch(host)
        return LISTENED_TO if typed.scheme == "http" and not inside else ""

    @field_validator("oidc_issuer")
    @classmethod
    def _safe_issuer(cls, value: str) -> str:
        if value and not SAFE_ISSUER.match(value):
            raise ValueError("an issuer begins with https://, as https://login.example.org")
        return value

    @model_validator(mode="after")
    def _whole_sign_in(self) -> "Settings":
        """Half a configuration is a mistake, not a wish to have none."""
        given = {name.upper(): getattr(self, name) for name in OIDC}
        missing = [name for name, value in given.items() if not value]
        if 0 < len(missing) < len(given):
            raise ValueError(
                f"{', '.join(missing)} missing: sign-in through a provider needs all of "
                f"{', '.join(given)}"
            )
        return self

    @property
    def organisers(self) -> frozenset[str]:
        """The addresses and domains that may make workshops after signing in at the provider."""
        listed = self.oidc_organisers.lower().replace(",", " ").split()
        return frozenset(one.removeprefix("@") for one in listed)

    @field_validator("trusted")
    @classmethod
    def _addresses(cls, value: str) -> str:
        for one in filter(None, value.replace(" ", "").split(",")):
            ip_network(one)  # raises ValueError, which names the address
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: str | None) -> str | None:
        if value:
            _ = urlsplit(value).port  # raises ValueError, which names the port
            if urlsplit(value).scheme not in MAIL_PORTS or not urlsplit(value).hostname:
                raise ValueError(MAIL_SERVER)
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str | None) -> str | None:
        if value and not SENDER.fullmatch(value):
            raise ValueError("write MAIL_FROM as office@example.org or The office <office@…>")
        return value

    @model_validator(mode="after")
    def _whole_mail(self) -> "Settings":
        if bool(self.smtp_url) != bool(self.mail_from):
            missing = "MAIL_FROM" if self.smtp_url else "SMTP_URL"
            raise ValueError(f"mail needs SMTP_URL and MAIL_FROM: set {missing} too, or neither")
        return self

    @property
    def mail(self) -> "Mail | None":
        """The mail server and the sender, where they are set."""
        if not (self.smtp_url and self.mail_from):
            return None
        found = urlsplit(self.smtp_url)
        return Mail(
            host=found.hostname or "",
            port=found.port or MAIL_PORTS[found.scheme],
            security=found.scheme,
            user=unquote(found.username or ""),
            password=unquote(found.password or ""),
            sender=self.mail_from,
        )

    @property
    def trusted_proxies(self) -> list[str]:
        """The addresses and networks whose X-Forwarded headers are believed."""
        return [one for one in self.trusted.replace(" ", "").split(",") if one]

    @model_validator(mode="before")
    @classmethod
    def _refuse_typos(cls, data: Any) -> Any:
        unknown = {k for k in os.environ if k.startswith("CONSILIENCE_")} - KNOWN_PREFIXED
        if unknown:
            raise ValueError(
                f"Unknown setting {', '.join(sorted(unknown))}. "
                f"Known are {', '.join(sorted(KNOWN_PREFIXED))}; for example CONSILIENCE_HOME=./var"
            )
        return data

    @property
    def url(self) -> str:
        """The database's address; SQLite under the home folder unless DATABASE_URL names one."""
        return self.database_url or f"sqlite:///{self.home / 'consilience.db'}"

    def secret(self) -> bytes:
        """The server's own secret, made once and kept in the home folder with mode 0600."""
        if self.secret_text:
            if len(self.secret_text) < 32:
                raise ValueError(f"CONSILIENCE_SECRET needs at least 32 characters. {MAKE_ONE}")
            return self.secret_text.encode()
        path = self.home / "secret"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(32))
        return path.read_text().strip().encode()


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def environment_for(home: Path) -> dict[str, str]:
    """The environment of a server of its own: another home, its own database under it."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**inherited, "CONSILIENCE_HOME": str(home)}
