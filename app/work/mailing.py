"""Sending a person their link, at least once.

Between the mail server's "accepted" and our commit a process may die; then nobody knows whether
the letter left, and it is sent once more, byte for byte, under the same Message-ID, by which
receivers drop or recognise the second one. Never sending would be worse than sending twice.
"""

import asyncio
import smtplib
import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from app.actions.mail import mailed_link
from app.actions.tasks import Claim, finish_task
from app.db import Database
from app.errors import Busy, Refused
from app.policy import SYSTEM
from app.queries.mail import Letter, letter_to
from app.queries.tasks import REASONS
from app.render.letters import letter
from app.settings import Mail
from app.work.tasks import Doing

PATIENCE = 20.0


def sender_of(mail: Mail | None) -> Doing:
    """What is done with a task of mail; without a mail server it can't be done."""

    async def send(db: Database, claim: Claim) -> None:
        if mail is None:
            raise Refused("no_mail", REASONS["no_mail"])
        link = mailed_link(db.secret, claim.id, claim.about)
        found = await db.read(
            letter_to, claim.workshop_id, claim.about, claim.payload["address"], link
        )
        message = await asyncio.to_thread(written, found, claim, mail.sender)
        await asyncio.to_thread(hand_over, message, mail)
        await db.change(claim.workshop_id, finish_task, SYSTEM, claim)

    return send


def written(to: Letter, claim: Claim, sender: str) -> EmailMessage:
    """The message: the same bytes whenever and by whomever the task is done."""
    subject, body = letter(
        "mail/link.txt", lang=to.language, title=to.title, label=to.label, link=to.link,
        starts_on=to.starts_on, place=to.place,
    )  # fmt: skip
    name, address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    try:
        message["To"] = Address(addr_spec=to.to)
        message["From"] = Address(name, addr_spec=address)
    except (ValueError, IndexError, MessageError):
        raise Refused("bad_address", REASONS["bad_address"]) from None
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(claim.asked_at)
    message["Message-ID"] = f"<{claim.id}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, cte="base64")
    return message


def hand_over(message: EmailMessage, mail: Mail) -> None:
    """Give the message to the mail server. Raises Busy where it may be tried again, and Refused
    where that won't help."""
    try:
        with _connected(mail) as server:
            if mail.user:
                server.login(mail.user, mail.password)
            server.send_message(message)
    except smtplib.SMTPAuthenticationError as error:
        raise Refused("mail_login", REASONS["mail_login"]) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused("mail_server", REASONS["mail_server"]) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(max(code for code, _ in error.recipients.values())) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Busy("mail_unreachable", REASONS["mail_unreachable"]) from error


def _refusal(code: int) -> Refused:
    if code >= 500:
        return Refused("mail_refused", REASONS["mail_refused"])
    return Busy("mail_later", REASONS["mail_later"])


def _connected(mail: Mail) -> smtplib.SMTP:
    tls = ssl.create_default_context()
    if mail.security == "smtps":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE, context=tls)
    server = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
    server.ehlo()
    if mail.security == "smtp" and not server.has_extn("starttls"):
        return server
    if mail.security == "smtp":  # whatever certificate is better than none
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    server.starttls(context=tls)
    server.ehlo()
    return server
