"""Who may do what, by hand: one row per act, one column per relation (DESIGN §4).

Not generated from `access/rules.py`, and never to be: change a row only when a rule was changed on
purpose. “+” may, “-” may not.
"""

from __future__ import annotations

from tahanan.records.vocabulary import Relation as R

COLUMNS = {
    "cm": R.CASE_MANAGER,
    "sv": R.SUPERVISOR,
    "co": R.COWORKER,
    "fh": R.FACILITY_HEAD,
    "fs": R.FACILITY_SOCIAL_WORKER,
    "nu": R.NURSE,
    "hp": R.HOUSE_PARENT,
    "gu": R.GUARD,
    "th": R.THERAPIST,
    "ll": R.LEGAL_LIAISON,
    "le": R.LAW_ENFORCEMENT,
    "sl": R.SAFEGUARDING_LEAD,
    "cf": R.CHURCH_FOCAL,
    "po": R.PROTECTION_OFFICER,
    "di": R.DIRECTOR,
    "ad": R.ADMINISTRATOR,
    "su": R.SURVIVOR,
    "st": R.STRANGER,
}

# Of a case, where a grant of it stands as well.
OF_A_CASE = """
                      cm sv co fh fs nu hp gu th ll le sl cf po di ad su st
    answer_intake      +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    draw_siblings      +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    join_child         +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    decide_status      +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    record_element     +  +  -  -  -  -  -  -  -  +  -  -  -  -  -  -  -  -
    name_suspect       +  +  -  -  -  -  -  -  -  +  -  -  -  -  -  -  -  -
    record_arrest      +  +  -  -  -  -  -  -  -  +  -  -  -  -  -  -  -  -
    record_judgment    +  +  -  -  -  -  -  -  -  +  -  -  -  -  -  -  -  -
    record_demand      +  +  -  -  -  -  -  -  -  +  -  -  -  -  -  -  -  -
    support_case       +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    record_basis       +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    record_contact     +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    ask_for_place      +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    admit              +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    discharge          +  +  -  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    receive            -  -  -  +  +  -  -  -  -  -  -  -  -  -  -  -  -  -
    hand_keys          +  +  -  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    review_stay        +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    supervise_stay     -  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    declare_exclusion  -  -  -  -  -  -  -  -  -  +  -  +  -  -  -  -  -  -
    lift_exclusion     -  -  -  -  -  -  -  -  -  -  -  +  -  -  -  -  -  -
    see_way            +  +  +  +  +  -  -  -  +  +  -  +  -  -  -  -  -  -
    see_grants         +  +  +  -  -  -  -  -  -  -  -  -  -  +  -  -  -  -
    see_looks          +  +  -  -  -  -  -  -  -  -  -  -  -  +  -  -  -  -
    call_therapist     +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
"""

# Without any case.
OF_THE_OFFICE = """
                      cm sv co fh fs nu hp gu th ll le sl cf po di ad su st
    open_intake        +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    import_history     +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    print_paper_pack   +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
    invite             -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  +  -  -
    confirm_colleague  +  +  +  +  +  +  +  -  +  +  +  +  +  +  +  +  -  -
    edit_facility      -  -  -  +  -  -  -  -  -  -  -  -  -  -  -  +  -  -
    see_facilities     +  +  -  +  +  -  -  -  -  +  -  +  -  -  -  +  -  -
    see_admissions     -  -  -  +  +  -  -  -  -  -  -  -  -  -  -  -  -  -
    hear_neutral_no    -  -  -  -  -  -  -  -  -  -  -  +  -  -  -  -  -  -
    read_ledger        -  -  -  -  -  -  -  -  -  -  -  -  -  +  -  -  -  -
    see_figures        +  +  -  -  -  -  -  -  -  -  -  -  -  -  +  -  -  -
    publish_figures    -  -  -  -  -  -  -  -  -  -  -  -  -  -  +  -  -  -
"""

# To whom figures are told to the digit, as known on any day.
COUNTS_EXACTLY = """
                      cm sv co fh fs nu hp gu th ll le sl cf po di ad su st
    exactly            +  +  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
"""

# Who of the cast is what, and whether some grant of Maya's case stands for her team.
PEOPLE: dict[str, tuple[R, bool]] = {
    "ana": (R.CASE_MANAGER, True),
    "ben": (R.SUPERVISOR, True),
    "coby": (R.COWORKER, True),
    "cora": (R.FACILITY_HEAD, True),
    "sol": (R.FACILITY_SOCIAL_WORKER, True),
    "nilda": (R.NURSE, True),
    "hana": (R.HOUSE_PARENT, True),
    "gary": (R.GUARD, True),
    "dan": (R.THERAPIST, True),
    "leo": (R.LEGAL_LIAISON, True),
    "lito": (R.LAW_ENFORCEMENT, True),
    "sela": (R.SAFEGUARDING_LEAD, True),
    "eli": (R.CHURCH_FOCAL, False),
    "gil": (R.PROTECTION_OFFICER, False),
    "dora": (R.DIRECTOR, False),
    "ada": (R.ADMINISTRATOR, False),
    "fe": (R.CASE_MANAGER, False),
}


def rows(table: str) -> dict[str, dict[R, bool]]:
    """A table as act → relation → may she."""
    head, *lines = table.strip().splitlines()
    columns = [COLUMNS[code] for code in head.split()]
    found = {}
    for line in lines:
        act, *marks = line.split()
        assert set(marks) <= {"+", "-"}, line
        found[act] = {of: mark == "+" for of, mark in zip(columns, marks, strict=True)}
    assert len(found) == len(lines), "an act stands in the table twice"
    return found
