from django.db import models
from django.utils.translation import gettext_lazy as _


class Device(models.TextChoices):
    """What a browser says it runs on, as coarse as is of use to its owner."""

    ANDROID = "android", _("安卓手机")
    IPHONE = "iphone", _("苹果手机")
    TABLET = "tablet", _("平板")
    WINDOWS = "windows", _("Windows 电脑")
    MAC = "mac", _("苹果电脑")
    LINUX = "linux", _("Linux 电脑")
    OTHER = "other", _("其他设备")


class Browser(models.TextChoices):
    WECHAT = "wechat", _("微信")
    QQ = "qq", _("QQ")
    EDGE = "edge", _("Edge")
    FIREFOX = "firefox", _("Firefox")
    CHROME = "chrome", _("Chrome")
    SAFARI = "safari", _("Safari")
    OTHER = "other", _("浏览器")
