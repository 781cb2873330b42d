"""What a browser says of itself, in one or two words that its owner knows it by."""

from youthvoice.people.devices.choices import Browser, Device

# The first that is found counts: most name others beside themselves.
_DEVICES = (
    ("ipad", Device.TABLET),
    ("iphone", Device.IPHONE),
    ("android", Device.ANDROID),
    ("windows", Device.WINDOWS),
    ("macintosh", Device.MAC),
    ("linux", Device.LINUX),
)
_BROWSERS = (
    ("micromessenger", Browser.WECHAT),
    ("qqbrowser", Browser.QQ),
    ("edg", Browser.EDGE),
    ("firefox", Browser.FIREFOX),
    ("chrome", Browser.CHROME),
    ("crios", Browser.CHROME),
    ("safari", Browser.SAFARI),
)


def device_of(user_agent: str) -> Device:
    said = user_agent.lower()
    found = next((device for word, device in _DEVICES if word in said), Device.OTHER)
    if found is Device.ANDROID and "mobile" not in said:
        return Device.TABLET
    return found


def browser_of(user_agent: str) -> Browser:
    said = user_agent.lower()
    return next((browser for word, browser in _BROWSERS if word in said), Browser.OTHER)
