"""Texts of the codes that begin in `trust`: what a signature came to. Placeholders name parameters."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "trust.first_use": "首次收到{unit}的签名，请电话核对指纹 {fingerprint}，核对后在密钥名册中确认。",
    "trust.not_confirmed": "签名与{unit}此前的密钥一致，指纹 {fingerprint} 尚未电话核对。",
    "trust.changed": (
        "签名用的密钥与名册中{unit}的不同，内容按未签名的文件收取。请电话核对指纹 {fingerprint}："
        "相符的在密钥名册中确认，不符的请退回。"
    ),
    "trust.succeeded": "{unit}已更换密钥，新密钥由原密钥签发，指纹 {fingerprint}。",
    "trust.invalid": "签名与内容不符，文件可能被他人改动。内容按未签名的文件收取，请与{unit}核对数字。",
    "trust.section_invalid": "{unit}的数据与该单位的签名不符，转送途中可能被改动，请与该单位核对。",
    "trust.section_changed": "{unit}的数据是用名册以外的密钥签名的，请与该单位电话核对指纹 {fingerprint}。",
    "trust.office_first": "首次收到汇总单位的签名，请电话核对指纹 {fingerprint}。",
    "trust.office_not_confirmed": "签名与汇总单位此前的密钥一致，指纹 {fingerprint} 尚未电话核对。",
    "trust.office_confirmed": "签名有效，指纹 {fingerprint} 已核对。",
    "trust.office_succeeded": "汇总单位已更换密钥，新密钥由原密钥签发，指纹 {fingerprint}。",
    "trust.office_own": "由本工作区签名。",
    "trust.office_unsigned": "{kind}没有签名，不能确认由谁发出，请与汇总单位核对。",
    "trust.key_missing": (
        "本机没有{unit}的签名密钥（指纹 {fingerprint}），报出的文件不带签名，不影响报送。"
        "可以从原来的电脑导出后导入，或新建一个并告知汇总单位。"
    ),
}
