"""The large providers of mail: where their servers are, and what each wants before a program may sign in.

Theory of operation.  ``imap`` and ``smtp`` are believed before anything a network says; what a provider
wants is told by ``sign_in`` and ``switch_on``, so that somebody is sent to the right page before a password
is refused.  ``keeps_sent`` is only true where the provider is known to put a copy into Sent by itself: it is
what a letter in doubt is settled by.  ``issuer`` names whose sign-in page (OAuth 2) opens the mailbox; its
addresses and scopes stand in ``ISSUERS`` as the provider documents them (``source``).  Names and ports were
compared with Thunderbird's list on ``SEEN``, but for Mail.ru, Proton and IONOS; ``source`` is the provider's
own page, to look again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from askwell.gateways.servers import Server

SEEN = "2026-11-22"


class SignIn(StrEnum):
    """What a program signs in with."""

    PASSWORD = "password"  # noqa: S105 - the usual one
    APP_PASSWORD = "app_password"  # noqa: S105 - one made for a single program
    APP_PASSWORD_AFTER_TWO_STEPS = "app_password_after_two_steps"  # noqa: S105 - where two steps are on
    MAIL_PASSWORD = "mail_password"  # noqa: S105 - another one than that of the pages
    TOKEN = "token"  # noqa: S105 - OAuth 2 alone: no password is taken any more
    BRIDGE = "bridge"  # a program on this machine, with a password of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Whose page one signs in at.  ``{tenant}`` in an address: the organization, or ``any_tenant``.

    ``host``: how this machine is called in the address one comes back to; ``asks``: what goes along with the
    question; ``device``: empty where a typed code does not open mail; ``told_as``: what it calls itself in
    its answer (RFC 9207), where it does; ``page``: where one registers a program.
    """

    key: str
    name: str
    authorize: str
    token: str
    scopes: tuple[str, ...]
    page: str
    source: str
    device: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    host: str = "127.0.0.1"
    any_tenant: str = ""
    told_as: str = ""

    def at(self, address: str, tenant: str) -> str:
        """Give one of its addresses for an organization."""
        return address.replace("{tenant}", tenant or self.any_tenant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider.  ``page``: where the password is made; ``mx``: how names of its mail servers end."""

    name: str
    domains: tuple[str, ...]
    imap: Server
    smtp: Server
    sign_in: SignIn
    source: str
    page: str = ""
    switch_on: str = ""  # where reading by programs must be allowed first
    keeps_sent: bool = False
    caldav: str = ""
    carddav: str = ""
    mx: tuple[str, ...] = ()
    issuer: str = ""


def _tls(host: str, port: int) -> Server:
    return Server(host=host, port=port)


def _starttls(host: str, port: int) -> Server:
    return Server(host=host, port=port, security="starttls")


_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/"
ISSUERS = (
    Issuer(
        key="google",
        name="Google",
        authorize="https://accounts.google.com/o/oauth2/v2/auth",
        token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
        scopes=("https://mail.google.com/",),  # the only one that IMAP and SMTP take
        asks=(("access_type", "offline"), ("prompt", "consent")),
        told_as="https://accounts.google.com",
        page="https://console.cloud.google.com/auth/clients",
        source="https://developers.google.com/identity/protocols/oauth2/native-app",
    ),
    Issuer(
        key="microsoft",
        name="Microsoft",
        authorize=f"{_MICROSOFT}authorize",
        token=f"{_MICROSOFT}token",
        device=f"{_MICROSOFT}devicecode",
        scopes=(
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access",
        ),
        asks=(("prompt", "select_account"),),
        host="localhost",  # its form for registering takes no http://127.0.0.1
        any_tenant="common",
        page="https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
        source="https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
    ),
)

PROVIDERS = (
    Provider(
        name="Gmail",
        domains=("gmail.com", "googlemail.com"),
        imap=_tls("imap.gmail.com", 993),
        smtp=_tls("smtp.gmail.com", 465),
        sign_in=SignIn.APP_PASSWORD,
        page="https://myaccount.google.com/apppasswords",
        keeps_sent=True,
        mx=("google.com", "googlemail.com"),
        issuer="google",
        source="https://support.google.com/mail/answer/7126229",
    ),
    Provider(
        name="Outlook.com",
        domains=("outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "hotmail.de", "live.de"),
        imap=_tls("outlook.office365.com", 993),
        smtp=_starttls("smtp-mail.outlook.com", 587),
        sign_in=SignIn.TOKEN,
        keeps_sent=True,
        mx=("olc.protection.outlook.com",),
        issuer="microsoft",
        source="https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040",
    ),
    Provider(
        name="Microsoft 365",
        domains=(),
        imap=_tls("outlook.office365.com", 993),
        smtp=_starttls("smtp.office365.com", 587),
        sign_in=SignIn.TOKEN,
        keeps_sent=True,
        mx=("mail.protection.outlook.com", "mx.microsoft"),
        issuer="microsoft",
        source="https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission",
    ),
    Provider(
        name="iCloud",
        domains=("icloud.com", "me.com", "mac.com"),
        imap=_tls("imap.mail.me.com", 993),
        smtp=_starttls("smtp.mail.me.com", 587),
        sign_in=SignIn.APP_PASSWORD,
        page="https://account.apple.com/account/manage",
        caldav="https://caldav.icloud.com",
        carddav="https://contacts.icloud.com",
        mx=("mail.icloud.com",),
        source="https://support.apple.com/102525",
    ),
    Provider(
        name="Yahoo",
        domains=("yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.fr", "yahoo.es", "yahoo.it", "ymail.com"),
        imap=_tls("imap.mail.yahoo.com", 993),
        smtp=_tls("smtp.mail.yahoo.com", 465),
        sign_in=SignIn.APP_PASSWORD,
        page="https://login.yahoo.com/account/security",
        caldav="https://caldav.calendar.yahoo.com",
        carddav="https://carddav.address.yahoo.com",
        mx=("yahoodns.net",),
        source="https://help.yahoo.com/kb/SLN4075.html",
    ),
    Provider(
        name="AOL",
        domains=("aol.com", "aol.de", "aol.co.uk", "aim.com"),
        imap=_tls("imap.aol.com", 993),
        smtp=_tls("smtp.aol.com", 465),
        sign_in=SignIn.APP_PASSWORD,
        page="https://login.aol.com/account/security",
        source="https://help.aol.com/articles/how-do-i-use-other-email-applications-to-send-and-receive-my-aol-mail",
    ),
    Provider(
        name="Fastmail",
        domains=("fastmail.com", "fastmail.fm", "sent.com", "messagingengine.com"),
        imap=_tls("imap.fastmail.com", 993),
        smtp=_tls("smtp.fastmail.com", 465),
        sign_in=SignIn.APP_PASSWORD,
        page="https://app.fastmail.com/settings/security/integrations",
        caldav="https://caldav.fastmail.com",
        carddav="https://carddav.fastmail.com",
        mx=("messagingengine.com",),
        source="https://www.fastmail.help/hc/en-us/articles/1500000278342",
    ),
    Provider(
        name="GMX",
        domains=("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.eu"),
        imap=_tls("imap.gmx.net", 993),
        smtp=_tls("mail.gmx.net", 465),
        sign_in=SignIn.APP_PASSWORD_AFTER_TWO_STEPS,
        page="https://hilfe.gmx.net/sicherheit/2fa/anwendungsspezifisches-passwort.html",
        switch_on="https://hilfe.gmx.net/pop-imap/einschalten.html",
        caldav="https://caldav.gmx.net",
        carddav="https://carddav.gmx.net",
        mx=("gmx.net",),
        source="https://hilfe.gmx.net/pop-imap/imap/imap-serverdaten.html",
    ),
    Provider(
        name="GMX",
        domains=("gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es"),
        imap=_tls("imap.gmx.com", 993),
        smtp=_tls("mail.gmx.com", 465),
        sign_in=SignIn.APP_PASSWORD_AFTER_TWO_STEPS,
        switch_on="https://support.gmx.com/pop-imap/toggle.html",
        caldav="https://caldav.gmx.com",
        carddav="https://carddav.gmx.com",
        source="https://support.gmx.com/pop-imap/imap/server.html",
    ),
    Provider(
        name="WEB.DE",
        domains=("web.de",),
        imap=_tls("imap.web.de", 993),
        smtp=_tls("smtp.web.de", 465),
        sign_in=SignIn.APP_PASSWORD_AFTER_TWO_STEPS,
        page="https://hilfe.web.de/sicherheit/2fa/anwendungsspezifisches-passwort.html",
        switch_on="https://hilfe.web.de/pop-imap/einschalten.html",
        caldav="https://caldav.web.de",
        carddav="https://carddav.web.de",
        source="https://hilfe.web.de/pop-imap/imap/imap-serverdaten.html",
    ),
    Provider(
        name="mailbox.org",
        domains=("mailbox.org",),
        imap=_tls("imap.mailbox.org", 993),
        smtp=_tls("smtp.mailbox.org", 465),
        sign_in=SignIn.APP_PASSWORD_AFTER_TWO_STEPS,
        page="https://kb.mailbox.org/en/private/security-and-privacy/access-security-for-mailbox-2fa-app-passwords-and-e-mail-passwords",
        caldav="https://dav.mailbox.org",
        carddav="https://dav.mailbox.org",
        mx=("mailbox.org",),
        source="https://kb.mailbox.org/en/private/e-mail/e-mail-configuration",
    ),
    Provider(
        name="Posteo",
        domains=("posteo.de", "posteo.net", "posteo.eu", "posteo.org", "posteo.at", "posteo.ch"),
        imap=_tls("posteo.de", 993),
        smtp=_tls("posteo.de", 465),
        sign_in=SignIn.PASSWORD,
        caldav="https://posteo.de:8443",
        carddav="https://posteo.de:8843",
        mx=("posteo.de",),
        source="https://posteo.de/en/help/how-do-i-set-up-posteo-in-an-email-client-pop3-imap-and-smtp",
    ),
    Provider(
        name="Proton",
        domains=("proton.me", "protonmail.com", "protonmail.ch", "pm.me"),
        imap=_starttls("127.0.0.1", 1143),
        smtp=_starttls("127.0.0.1", 1025),
        sign_in=SignIn.BRIDGE,
        page="https://proton.me/mail/bridge",
        mx=("protonmail.ch",),
        source="https://proton.me/support/imap-smtp-and-pop3-setup",
    ),
    Provider(
        name="Zoho Mail",
        domains=("zohomail.com", "zoho.com"),
        imap=_tls("imap.zoho.com", 993),
        smtp=_tls("smtp.zoho.com", 465),
        sign_in=SignIn.APP_PASSWORD_AFTER_TWO_STEPS,
        page="https://accounts.zoho.com/home#security/app_password",
        switch_on="https://www.zoho.com/mail/help/imap-access.html",
        source="https://www.zoho.com/mail/help/imap-access.html",
    ),
    Provider(
        name="Zoho Mail",
        domains=(),
        imap=_tls("imappro.zoho.com", 993),
        smtp=_tls("smtppro.zoho.com", 465),
        sign_in=SignIn.APP_PASSWORD_AFTER_TWO_STEPS,
        page="https://accounts.zoho.com/home#security/app_password",
        switch_on="https://www.zoho.com/mail/help/imap-access.html",
        mx=("zoho.com",),
        source="https://www.zoho.com/mail/help/imap-access.html",
    ),
    Provider(
        name="Zoho Mail",
        domains=("zohomail.eu",),
        imap=_tls("imap.zoho.eu", 993),
        smtp=_tls("smtp.zoho.eu", 465),
        sign_in=SignIn.APP_PASSWORD_AFTER_TWO_STEPS,
        page="https://accounts.zoho.eu/home#security/app_password",
        switch_on="https://www.zoho.com/mail/help/imap-access.html",
        mx=("zoho.eu",),
        source="https://www.zoho.com/mail/help/imap-access.html",
    ),
    Provider(
        name="T-Online",
        domains=("t-online.de", "magenta.de"),
        imap=_tls("secureimap.t-online.de", 993),
        smtp=_tls("securesmtp.t-online.de", 465),
        sign_in=SignIn.MAIL_PASSWORD,
        page="https://www.telekom.de/hilfe/apps-dienste/e-mail/programme/passwort-verwalten",
        source="https://www.telekom.de/hilfe/apps-dienste/e-mail/einstellungen/posteingang-postausgang-server",
    ),
    Provider(
        name="Yandex",
        domains=("yandex.com", "yandex.ru", "ya.ru", "yandex.by", "yandex.kz"),
        imap=_tls("imap.yandex.com", 993),
        smtp=_tls("smtp.yandex.com", 465),
        sign_in=SignIn.APP_PASSWORD,
        page="https://id.yandex.com/security/app-passwords",
        switch_on="https://yandex.com/support/mail/mail-clients/others.html",
        caldav="https://caldav.yandex.ru",
        carddav="https://carddav.yandex.ru",
        mx=("yandex.net", "yandex.ru"),
        source="https://yandex.com/support/mail/mail-clients/others.html",
    ),
    Provider(
        name="Mail.ru",
        domains=("mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru"),
        imap=_tls("imap.mail.ru", 993),
        smtp=_tls("smtp.mail.ru", 465),
        sign_in=SignIn.APP_PASSWORD,
        page="https://account.mail.ru/user/2-step-auth/passwords/",
        caldav="https://calendar.mail.ru",
        mx=("mail.ru",),
        source="https://help.mail.ru/mail/mailer/popsmtp/",
    ),
    Provider(
        name="IONOS",
        domains=("online.de", "onlinehome.de"),
        imap=_tls("imap.ionos.de", 993),
        smtp=_tls("smtp.ionos.de", 465),
        sign_in=SignIn.PASSWORD,
        mx=("kundenserver.de", "ionos.de"),
        source="https://www.ionos.de/hilfe/e-mail/allgemeine-themen/serverinformationen-fuer-imap-pop3-und-smtp/",
    ),
)
_BY_DOMAIN = {domain: provider for provider in PROVIDERS for domain in provider.domains}


def provider_of(address: str) -> Provider | None:
    """Give the provider of an address by its domain; None where it is none of these."""
    return _BY_DOMAIN.get(address.rpartition("@")[2].strip().rstrip(".").lower())


def provider_behind(mail_server: str) -> Provider | None:
    """Give the provider that a domain's mail server (MX) belongs to."""
    name = mail_server.rstrip(".").lower()
    for provider in PROVIDERS:
        if any(name == end or name.endswith(f".{end}") for end in provider.mx):
            return provider
    return None


def provider_at(host: str) -> Provider | None:
    """Give the provider whose server this is."""
    name = host.rstrip(".").lower()
    return next((one for one in PROVIDERS if name in {one.imap.host, one.smtp.host}), None)


def issuer_at(host: str) -> Issuer | None:
    """Give whose sign-in page opens the mailboxes of this server."""
    provider = provider_at(host)
    return issuer_of(provider.issuer) if provider else None


def issuer_of(key: str) -> Issuer | None:
    """Give an issuer by its key."""
    return next((one for one in ISSUERS if one.key == key), None)


def provider_with(issuer: Issuer, address: str) -> Provider:
    """Give the provider of an address that signs in there: by its domain, else the one for any domain."""
    provider = provider_of(address)
    if provider is not None and provider.issuer == issuer.key:
        return provider
    return [one for one in PROVIDERS if one.issuer == issuer.key][-1]
