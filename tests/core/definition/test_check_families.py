"""What an office can get wrong in the families of rules: each slip is a finding at its key."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.definition.check_families import LIMITS, WARNING_FAMILIES, check_families
from desktop.model.catalogue import message
from desktop.model.catalogue.family_messages import FAMILY_LABELS, MESSAGES
from desktop.model.family import FAMILY_PARAMETERS, Family, FamilySetting
from desktop.model.finding import Finding, Severity
from tests.core.plans import small_plan, with_changes


def found(*settings: FamilySetting) -> list[Finding]:
    findings = list(check_families(with_changes(small_plan(), families=settings)))
    assert all(f.params["remedy"] and f.params["remedy"] in message(f) for f in findings)
    return findings


def said(*settings: FamilySetting) -> list[tuple[str, str, Severity]]:
    return [(f.code, f.address.removeprefix("rules.toml#family."), f.severity) for f in found(*settings)]


def with_parameters(family: Family, **parameters: str) -> FamilySetting:
    return FamilySetting(
        family, parameters={name.replace("__", "."): Decimal(v) for name, v in parameters.items()}
    )


def test_families_at_their_defaults_and_sensible_settings_have_no_finding() -> None:
    assert said() == []
    assert said(*(FamilySetting(family) for family in Family)) == []
    assert (
        said(
            with_parameters(Family.JUMP, percent="30", minimum_change="5", patents__percent="10"),
            FamilySetting(Family.PEERS, severity=Severity.NOTICE, except_for=("patents", "pledged")),
        )
        == []
    )


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@pytest.mark.parametrize(
    ("setting", "code", "key", "severity"),
    [
        (with_parameters(Family.JUMP, percnt="3"), "plan.family_parameter", "jump.parameters.percnt", E),
        (with_parameters(Family.FALL, percent="3"), "plan.family_parameter", "fall.parameters.percent", E),
        (with_parameters(Family.REQUIRED, x="3"), "plan.family_parameter", "required.parameters.x", E),
        (
            with_parameters(Family.JUMP, percent="0"),
            "plan.family_parameter_range",
            "jump.parameters.percent",
            E,
        ),
        (
            with_parameters(Family.OUTLIER, periods="2"),
            "plan.family_parameter_range",
            "outlier.parameters.periods",
            E,
        ),
        (
            with_parameters(Family.PEERS, units="4.5"),
            "plan.family_parameter_whole",
            "peers.parameters.units",
            E,
        ),
        (
            with_parameters(Family.JUMP, patent__percent="30"),
            "plan.family_parameter_element",
            "jump.parameters.patent.percent",
            E,
        ),
        (
            FamilySetting(Family.JUMP, except_for=("patents",), parameters={"patents.percent": Decimal(9)}),
            "plan.family_parameter_unused",
            "jump.parameters.patents.percent",
            N,
        ),
        (FamilySetting(Family.JUMP, severity=E), "plan.family_severity", "jump.severity", E),
        (FamilySetting(Family.REQUIRED, severity=N), "plan.family_severity_unused", "required.severity", W),
        (FamilySetting(Family.FALL, except_for=("patent",)), "plan.unknown_reference", "fall.except_for", E),
        (
            FamilySetting(Family.ITEMS, except_for=("patents",)),
            "plan.family_except_unused",
            "items.except_for",
            E,
        ),
    ],
)
def test_each_slip_is_found_at_its_key(
    setting: FamilySetting, code: str, key: str, severity: Severity
) -> None:
    assert said(setting) == [(code, key, severity)]


def test_a_family_that_is_said_twice_is_found_once() -> None:
    twice = (FamilySetting(Family.JUMP), FamilySetting(Family.JUMP, enabled=False))
    assert said(*twice) == [("plan.family_twice", "jump", E)]


def test_a_misspelt_name_gets_the_near_one() -> None:
    (finding,) = found(with_parameters(Family.JUMP, percnt="3"))
    assert "是否应为 percent" in message(finding)
    (finding,) = found(with_parameters(Family.JUMP, patent__percent="3"))
    assert "是否应为 patents" in message(finding)


def test_every_family_has_a_name_and_every_default_is_within_its_limits() -> None:
    assert set(FAMILY_LABELS) == {family.value for family in Family}
    for defaults in FAMILY_PARAMETERS.values():
        for name, value in defaults.items():
            least, most = LIMITS[name]
            assert least <= value <= most
    assert set(FAMILY_PARAMETERS) <= WARNING_FAMILIES


def test_every_message_is_reached_here() -> None:
    reached = {
        f.code
        for setting in (
            (with_parameters(Family.JUMP, percnt="3"),),
            (with_parameters(Family.JUMP, percent="0"),),
            (with_parameters(Family.PEERS, units="4.5"),),
            (with_parameters(Family.JUMP, patent__percent="3"),),
            (
                FamilySetting(
                    Family.JUMP, except_for=("patents",), parameters={"patents.percent": Decimal(9)}
                ),
            ),
            (FamilySetting(Family.JUMP, severity=E),),
            (FamilySetting(Family.REQUIRED, severity=N),),
            (FamilySetting(Family.ITEMS, except_for=("patents",)),),
            (FamilySetting(Family.JUMP), FamilySetting(Family.JUMP)),
        )
        for f in found(*setting)
    }
    assert reached == set(MESSAGES)
