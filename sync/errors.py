"""What can go wrong with what travels. `str()` of each is a text for the reader."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class SyncError(Exception):
    """Anything that sync refuses, with a stable code and a text that says what is safe and what to do next."""

    code = "sync.error"
    text: Any = _("This could not be done. Nothing was changed.")

    def __str__(self) -> str:
        return str(self.text)


class LineUnreadableError(SyncError):
    """A line of a parcel is neither a signature with a statement nor a sealed line."""

    code = "sync.line.unreadable"
    text = _("This line cannot be read.")


class SealUnreadableError(SyncError):
    """No key of this site opens the sealed line: it was sealed to another site, or changed on its way."""

    code = "sync.seal.unreadable"
    text = _("This line was closed for another site, or it was damaged on its way.")


class ParcelRefusedError(SyncError):
    """A parcel as a whole can't be taken: too large, not a parcel, cut off. Nothing of it was stored."""

    code = "sync.parcel.unreadable"
    status = 400
    text = _("This is not a file of saved work from Relais. Nothing was changed.")


class ParcelTooLargeError(ParcelRefusedError):
    """A parcel has more bytes or lines than one request may have."""

    code = "sync.parcel.too_large"
    status = 413
    text = _("This is too much at once. Nothing is lost: send it in smaller parts.")


class ParcelCutOffError(ParcelRefusedError):
    """The connection broke before the whole parcel was here."""

    code = "sync.parcel.cut_off"
    text = _("The connection broke on the way. Nothing is lost: the work stays on the device and is sent again.")


class ParcelEncodingError(ParcelRefusedError):
    """A parcel is packed in a way that this site does not unpack."""

    code = "sync.parcel.encoding"
    status = 415
    text = _("The work came packed in a way this site does not know. It stays on the device.")


class KeysMissingError(SyncError):
    """The site has no keys, and makes none by itself where other people's data is."""

    code = "sync.keys.missing"
    status = 503
    text = _("This site has no keys yet. Run: manage.py make_keys")


class PublicKeyRefusedError(SyncError):
    """A public key is not a P-256 key in its plain form, or the proof of owning it does not hold."""

    code = "sync.device.key_refused"
    text = _("The key of this device was not accepted. Work on the device stays there. Reload the page to try again.")


class DeviceTakenError(SyncError):
    """The device's id stands for another key or another person, or the device was revoked."""

    code = "sync.device.taken"
    text = _("This device is known with another key. Work on the device stays there. Reload the page to try again.")


class TooManyDevicesError(SyncError):
    """A person has more devices than anybody needs."""

    code = "sync.device.too_many"
    text = _("You have too many devices here. Ask your trainer or coordinator to revoke those you no longer use.")


class NotAcceptableError(SyncError):
    """A refused statement of this kind can't be accepted by anybody: who said it is not certain, or it is forbidden."""

    code = "sync.quarantine.not_acceptable"
    text = _("Work held for this reason can't be accepted. It stays here as it is.")


class StillRefusedError(SyncError):
    """A refused statement does not pass the other rules either, or what it speaks of is not here yet."""

    code = "sync.quarantine.still_refused"
    text = _("Nothing was changed. The work still can't be counted for this reason:")


class DecidedAlreadyError(SyncError):
    """Somebody has accepted the statement before."""

    code = "sync.quarantine.decided"
    text = _("This was accepted before. Nothing was changed.")
