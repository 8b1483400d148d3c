"""What can be doubtful in the data of a doctor or a division: the codes of `quality_flags`, each counted in the report.

Flags label and inform; they never hide a document. Doubts about coordinates and addresses are named in `locate.py`.
"""

from enum import StrEnum


class Quality(StrEnum):
    """A doubt; the value is what stands in documents."""

    DIVISION_MISSING = "division_missing"
    DIVISION_UNKNOWN = "division_unknown"
    DIVISION_FROM_ROLE = "division_from_role"
    FACILITY_UNKNOWN = "facility_unknown"
    OFFICIO_MISSING = "officio_missing"
    OFFICIO_CONFLICT = "officio_conflict"
    POSITION_DISAGREES = "position_disagrees"
    EMPLOYEE_TYPE_MISSING = "employee_type_missing"
    NAME_INCOMPLETE = "name_incomplete"
    NAME_MIXED_SCRIPTS = "name_mixed_scripts"
    BIRTH_YEAR_IMPLAUSIBLE = "birth_year_implausible"
    EXPERIENCE_IMPLAUSIBLE = "experience_implausible"
    NOT_VERIFIED = "party_not_verified"
    POSSIBLE_DUPLICATE = "possible_duplicate_party"
    LIMIT_MISSING = "limit_missing"
    LIMIT_MISMATCH = "limit_mismatch"
    COUNT_ABOVE_LIMIT = "count_above_limit"
    COUNT_STALE = "count_stale"
    INACTIVE_WITH_DECLARATIONS = "inactive_with_declarations"
    HOURS_MISSING = "hours_missing"
    HOURS_UNREADABLE = "hours_unreadable"
    HOURS_FROM_SERVICES = "hours_from_services"
    PHONE_MISSING = "phone_missing"
    PHONE_UNREADABLE = "phone_unreadable"
    CONTRACT_ENDED = "contract_ended"
