"""By which journey each address that takes what people send about cases is pressed in a browser: they compare."""


def _names(words: str) -> frozenset[str]:
    return frozenset(f"cases:{name}" for name in words.split())


# tests/journeys/test_every_path.py
ROAD = _names("""
    add-pictures add-rule check-own-file delivered delivered-notice follow-up handover leave-report letter-link
    make-respondent-code propose-handover record-service refuse-date respondent-answer respondent-code respondent-date
    respondent-leave respondent-named respondent-pictures second-reading share-case take-case take-step
    write-allegation write-message write-proposal write-to-office
""")
# tests/journeys/test_around_the_road.py
AROUND = _names("""
    add-leave adopt-finding agree-original approve-disposal attach-report bundle change-respondent
    choose-election extend-deadline give-case handover hold-case invite-other judge-hint letter-link lift-hold
    link-person make-hearing-letter make-respondent-code mask-evidence merge minutes move-hearing original
    propose-disposal propose-handover record-service recuse reject-disposal release-case release-copy
    revoke-link revoke-respondent-code see-mention share-out sign-letter split-case stop-leave take-case
    take-original take-step undo-regrouping unlink-person verify-file withdraw-copy withdraw-letter
    withdraw-rule write-allegation write-letter write-note write-pact
""")
# tests/journeys/test_report_to_sanction.py and test_accused.py
JUDGED, SHOWN = _names("assess-finding"), _names("clear-copy release-copy make-respondent-code respondent-answer")
# Not about a case: what a national admin sets up for all of them
SET_UP = _names("""
    change-holiday discard-letter-template holidays letter-template letterhead message-template new-letterhead
    publish-letter-template start-letter-template
""")
# Only where a machine's work failed or another site answered; pressed without a browser in tests/cases/pages
AFTER_FAULTS = _names("captured-link read-again")
# Pressed by the page itself while pictures are chosen, before or after the form is sent as it happens
BY_SCRIPT = _names("hold-added-picture drop-added-picture respondent-hold-picture respondent-drop-picture")
