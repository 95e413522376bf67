"""THE TABLE: who may do what. One row for each address and each command of the socket.

A route without a row fails the suite, and so does a row without its route. Every cell is tried.

Who is named may: the answer is not 401, 403 or 404 (that the moment is wrong is another matter).
Everybody else may not, and people of another workshop may do no more than strangers.
"""

ROLES = (
    "owner", "organiser", "facilitator", "chair", "rapporteur", "drafting", "participant",
    "observer", "interpreter", "screen", "nobody",
)  # fmt: skip
STAFF = frozenset(("owner", "organiser", "facilitator"))
RUN = STAFF | {"chair"}
MODERATE = STAFF | {"rapporteur"}
WRITE = MODERATE | {"drafting"}  # a drafting member keeps the vote
OFFICE = RUN | WRITE
ADMITTED = frozenset(ROLES) - {"nobody"}

# Which of the rounds a verb is tried on, where it is not the open one.
CLOSED = (
    "outcome",
    "ballots",
    "receipts",
    "receipts/{round_id}",
    "certainty/{round_id}",
    "reasons",
    "reopen",
    "publish",
    "send-on",
    "tie-break",
)

ROWS: tuple[tuple[frozenset[str], str], ...] = (
    # Those who run the meeting.
    (STAFF, """
    DELETE /api/v1/activities/{activity_id}
    PATCH /api/v1/activities/{activity_id}
    POST /api/v1/activities/{activity_id}/ask
    POST /api/v1/activities/{activity_id}/focus
    POST /api/v1/activities/{activity_id}/open
    POST /api/v1/activities/{activity_id}/put
    POST /api/v1/activities/{activity_id}/rounds
    POST /api/v1/activities/{activity_id}/stage
    POST /api/v1/rounds/{round_id}/close
    POST /api/v1/rounds/{round_id}/deadline
    POST /api/v1/rounds/{round_id}/extend
    POST /api/v1/rounds/{round_id}/keep-open
    POST /api/v1/rounds/{round_id}/open
    POST /api/v1/rounds/{round_id}/publish
    POST /api/v1/rounds/{round_id}/reopen
    POST /api/v1/rounds/{round_id}/send-on
    POST /api/v1/rounds/{round_id}/statements
    POST /api/v1/rounds/{round_id}/voters
    DELETE /api/v1/tokens/{token_id}
    POST /api/v1/tokens/{token_id}/rotation
    PATCH /api/v1/workshops/{workshop_id}
    POST /api/v1/workshops/{workshop_id}/activities
    GET /api/v1/workshops/{workshop_id}/admissions
    GET /api/v1/workshops/{workshop_id}/admissions/{admission_id}
    POST /api/v1/workshops/{workshop_id}/admissions/{admission_id}
    POST /api/v1/workshops/{workshop_id}/agenda
    DELETE /api/v1/workshops/{workshop_id}/agenda/{item_id}
    PATCH /api/v1/workshops/{workshop_id}/agenda/{item_id}
    POST /api/v1/workshops/{workshop_id}/agenda/{item_id}/finish
    POST /api/v1/workshops/{workshop_id}/agenda/{item_id}/start
    POST /api/v1/workshops/{workshop_id}/end
    POST /api/v1/workshops/{workshop_id}/groups
    PATCH /api/v1/workshops/{workshop_id}/groups/{group_id}
    POST /api/v1/workshops/{workshop_id}/groups/{group_id}/call-back
    POST /api/v1/workshops/{workshop_id}/groups/call-back
    POST /api/v1/workshops/{workshop_id}/groups/seating
    POST /api/v1/activities/{activity_id}/groups
    POST /api/v1/workshops/{workshop_id}/import/{noun}
    POST /api/v1/workshops/{workshop_id}/participants
    DELETE /api/v1/workshops/{workshop_id}/participants/{participant_id}
    DELETE /api/v1/workshops/{workshop_id}/participants/{participant_id}/particulars
    PATCH /api/v1/workshops/{workshop_id}/participants/{participant_id}
    PUT /api/v1/workshops/{workshop_id}/screen
    POST /api/v1/workshops/{workshop_id}/step
    PUT /api/v1/workshops/{workshop_id}/timer
    GET /api/v1/workshops/{workshop_id}/mail
    POST /api/v1/workshops/{workshop_id}/mail
    GET /api/v1/workshops/{workshop_id}/tokens
    POST /api/v1/workshops/{workshop_id}/tokens
    GET /w/{workshop_id}/desk/cards
    GET /w/{workshop_id}/ballot-for
    GET /w/{workshop_id}/waiting/{admission_id}
    """),
    # Whoever is in the meeting reads it.
    (ADMITTED, """
    GET /api/v1/activities/{activity_id}
    GET /api/v1/rounds/{round_id}
    GET /api/v1/rounds/{round_id}/ballots/mine
    GET /api/v1/rounds/{round_id}/turnout
    GET /api/v1/workshops/{workshop_id}
    GET /api/v1/workshops/{workshop_id}/activities
    GET /api/v1/workshops/{workshop_id}/agenda
    GET /api/v1/workshops/{workshop_id}/agenda/{item_id}
    GET /api/v1/workshops/{workshop_id}/components
    GET /api/v1/workshops/{workshop_id}/components/{component_id}
    GET /api/v1/workshops/{workshop_id}/conclusions
    GET /api/v1/workshops/{workshop_id}/conclusions/{conclusion_id}
    GET /api/v1/workshops/{workshop_id}/decisions
    GET /api/v1/workshops/{workshop_id}/evidence
    GET /api/v1/workshops/{workshop_id}/evidence/{evidence_id}
    GET /api/v1/workshops/{workshop_id}/groups
    GET /api/v1/workshops/{workshop_id}/log
    GET /api/v1/workshops/{workshop_id}/matrix
    GET /api/v1/workshops/{workshop_id}/matrix/{area_id}/{response_id}
    GET /api/v1/workshops/{workshop_id}/notes
    GET /api/v1/workshops/{workshop_id}/notes/{note_id}
    GET /api/v1/workshops/{workshop_id}/now
    GET /api/v1/workshops/{workshop_id}/proposals
    GET /api/v1/workshops/{workshop_id}/screen
    GET /w/{workshop_id}/desk
    GET /w/{workshop_id}/mine/exercise
    GET /w/{workshop_id}/mine/standing
    GET /w/{workshop_id}/mine/door
    GET /w/{workshop_id}/mine/seat
    GET /w/{workshop_id}/mine/proposals
    GET /w/{workshop_id}/mine/sheet/{delphi_id}
    GET /w/{workshop_id}/story/{row_id}
    GET /w/{workshop_id}/take
    GET /w/{workshop_id}/room
    """),
    # They, rapporteurs and drafting members, who edit notes, drafts and matrix.
    (WRITE, """
    POST /api/v1/workshops/{workshop_id}/components
    DELETE /api/v1/workshops/{workshop_id}/components/{component_id}
    PATCH /api/v1/workshops/{workshop_id}/components/{component_id}
    POST /api/v1/workshops/{workshop_id}/conclusions
    DELETE /api/v1/workshops/{workshop_id}/conclusions/{conclusion_id}
    PATCH /api/v1/workshops/{workshop_id}/conclusions/{conclusion_id}
    POST /api/v1/workshops/{workshop_id}/evidence
    DELETE /api/v1/workshops/{workshop_id}/evidence/{evidence_id}
    PATCH /api/v1/workshops/{workshop_id}/evidence/{evidence_id}
    POST /api/v1/workshops/{workshop_id}/matrix/kept
    DELETE /api/v1/workshops/{workshop_id}/matrix/{area_id}/{response_id}
    PUT /api/v1/workshops/{workshop_id}/matrix/{area_id}/{response_id}
    POST /api/v1/workshops/{workshop_id}/notes
    PATCH /api/v1/workshops/{workshop_id}/notes/{note_id}
    PATCH /api/v1/workshops/{workshop_id}/proposals/{proposal_id}
    GET /w/{workshop_id}/desk/notes
    GET /w/{workshop_id}/mine/mentions
    GET /w/{workshop_id}/mine/notebook
    """),
    # They without the drafting members: what becomes of a proposal.
    (MODERATE, """
    POST /api/v1/workshops/{workshop_id}/proposals
    POST /api/v1/workshops/{workshop_id}/proposals/merge
    POST /api/v1/workshops/{workshop_id}/proposals/{proposal_id}/moderation
    """),
    # Open doors.
    (frozenset(ROLES), """
    GET /
    GET /api/docs
    GET /api/v1/workshops/{code}/join
    POST /api/v1/workshops/{id_or_code}/join
    GET /healthz
    GET /join
    GET /join/{code}
    POST /join/{code}
    POST /leave
    GET /metrics
    GET /readyz
    GET /styleguide
    """),
    # All who hold an office.
    (OFFICE, """
    GET /api/v1/workshops/{workshop_id}/export
    GET /api/v1/workshops/{workshop_id}/exports
    POST /api/v1/workshops/{workshop_id}/exports
    GET /w/{workshop_id}/mine/exports
    GET /w/{workshop_id}/desk/agenda
    GET /w/{workshop_id}/desk/evidence
    GET /w/{workshop_id}/desk/exports
    GET /w/{workshop_id}/desk/framework
    GET /w/{workshop_id}/desk/matrix
    GET /w/{workshop_id}/desk/proposals
    GET /w/{workshop_id}/desk/record
    GET /w/{workshop_id}/desk/story/{row_id}
    GET /w/{workshop_id}/desk/workshop
    """),
    # They and the chair, who rules and sees results first.
    (RUN, """
    GET /api/v1/rounds/{round_id}/ballots
    POST /api/v1/rounds/{round_id}/tie-break
    GET /api/v1/rounds/{round_id}/outcome
    GET /api/v1/rounds/{round_id}/receipts
    POST /api/v1/workshops/{workshop_id}/decisions
    POST /api/v1/workshops/{workshop_id}/flags/{flag_id}/take-up
    GET /api/v1/workshops/{workshop_id}/participants
    GET /w/{workshop_id}/control
    GET /w/{workshop_id}/chair
    GET /w/{workshop_id}/desk/people
    GET /w/{workshop_id}/receipts/{round_id}
    GET /w/{workshop_id}/certainty/{round_id}
    """),
    # Voters, for themselves alone.
    (frozenset(("participant", "drafting")), """
    POST /api/v1/rounds/{round_id}/ballots
    POST /api/v1/rounds/{round_id}/finished
    POST /api/v1/rounds/{round_id}/reasons
    POST /api/v1/workshops/{workshop_id}/flags
    WS cast_ballot
    """),
    # The server's owner.
    (frozenset({"owner"}), """
    POST /api/v1/tokens
    GET /api/v1/workshops
    POST /api/v1/workshops
    """),
    # Whoever asked for a file: in the place that the table is tried in, the owner.
    (frozenset({"owner"}), """
    GET /api/v1/workshops/{workshop_id}/exports/{export_id}
    """),
    # What this participant wrote.
    (frozenset({"participant"}), """
    POST /api/v1/reasons/{reason_id}/hold
    PATCH /api/v1/workshops/{workshop_id}/flags/{flag_id}
    """),
    # What is an author's own, a link that leads nowhere, and a provider that nobody named.
    (frozenset(), """
    POST /api/v1/workshops/{workshop_id}/proposals/{proposal_id}/hold-back
    POST /api/v1/workshops/{workshop_id}/proposals/{proposal_id}/not-meant
    GET /enter/{token}
    GET /oidc/start
    GET /oidc/callback
    """),
    (RUN | {"participant"}, """
    GET /api/v1/workshops/{workshop_id}/participants/{participant_id}
    """),
    (frozenset(("chair", "rapporteur", "drafting", "participant", "observer", "interpreter")), """
    POST /w/{workshop_id}/mine/notes
    """),
    (STAFF | {"screen"}, """
    GET /w/{workshop_id}/screen
    """),
    # Who moves the day.
    (STAFF, """
    GET /api/v1/workshops/{workshop_id}/day/move
    POST /api/v1/workshops/{workshop_id}/day/move
    POST /api/v1/workshops/{workshop_id}/day/move/undo
    """),
    # Who leads a round robin, and who is in it.
    (STAFF, """
    POST /api/v1/activities/{activity_id}/turns
    POST /api/v1/activities/{activity_id}/turns/next
    POST /api/v1/activities/{activity_id}/turns/pass
    DELETE /api/v1/activities/{activity_id}/turns
    """),
    (frozenset(("participant", "drafting")), """
    POST /api/v1/activities/{activity_id}/turns/own-pass
    """),
    # Who calls speakers, and who is called.
    (RUN, """
    GET /api/v1/workshops/{workshop_id}/floor
    PUT /api/v1/workshops/{workshop_id}/floor
    POST /api/v1/workshops/{workshop_id}/floor/call
    POST /api/v1/workshops/{workshop_id}/floor/{speaker_id}/give
    POST /api/v1/workshops/{workshop_id}/floor/{speaker_id}/place
    POST /api/v1/workshops/{workshop_id}/floor/{speaker_id}/stop
    """),
    (RUN | {"participant"}, """
    POST /api/v1/workshops/{workshop_id}/floor/{speaker_id}/withdrawal
    """),
    (frozenset(("participant", "drafting")), """
    POST /api/v1/workshops/{workshop_id}/floor
    """),
    (ADMITTED, """
    GET /w/{workshop_id}/mine/floor
    GET /w/{workshop_id}/mine/interpreting
    """),
    (OFFICE, """
    GET /api/v1/workshops/{workshop_id}/parking
    POST /api/v1/workshops/{workshop_id}/parking
    PATCH /api/v1/workshops/{workshop_id}/parking/{parked_id}
    """),
    # Lessons learned: told by whoever may propose, released and put right by moderators.
    (WRITE | {"participant"}, """
    POST /api/v1/workshops/{workshop_id}/lessons
    """),
    (MODERATE, """
    DELETE /api/v1/workshops/{workshop_id}/lessons/{lesson_id}
    PATCH /api/v1/workshops/{workshop_id}/lessons/{lesson_id}
    """),
    (OFFICE, """
    GET /w/{workshop_id}/desk/lessons
    """),
    (ADMITTED, """
    GET /api/v1/workshops/{workshop_id}/lessons
    GET /api/v1/workshops/{workshop_id}/lessons/{lesson_id}
    GET /w/{workshop_id}/lessons
    GET /w/{workshop_id}/mine/morning
    GET /w/{workshop_id}/tonight
    """),
    # The members of a delegation: in the place that the table is tried in, nobody.
    (frozenset(), """
    GET /api/v1/workshops/{workshop_id}/capital
    GET /w/{workshop_id}/capital
    """),
    (WRITE | {"participant"}, """
    POST /w/{workshop_id}/mine/alike
    WS propose
    """),
    # Leaving and coming back: one's own, and anybody's for those who run the meeting.
    (STAFF | {"participant"}, """
    POST /api/v1/workshops/{workshop_id}/participants/{participant_id}/leave
    POST /api/v1/workshops/{workshop_id}/participants/{participant_id}/return
    """),
    # The drafting group’s answer to who would have a row say something else.
    (WRITE, """
    POST /api/v1/workshops/{workshop_id}/flags/{flag_id}/set-aside
    """),
)  # fmt: skip

TABLE: dict[str, frozenset[str]] = {
    row.strip(): who for who, rows in ROWS for row in rows.strip().splitlines()
}
