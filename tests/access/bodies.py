"""A body that each verb takes; {names} are ids of the place. What has none here is sent without."""

from typing import Any

TEXT = {"text": "Words"}

BODIES: dict[str, Any] = {
    "POST /api/v1/workshops": {"title": "Another"},
    "PATCH /api/v1/workshops/{workshop_id}": {"place": "Here"},
    "POST /api/v1/workshops/{workshop_id}/participants": [{"label": "New {fresh}"}],
    "PATCH /api/v1/workshops/{workshop_id}/participants/{participant_id}": {"language": "fr"},
    "POST /api/v1/workshops/{id_or_code}/join": {"code": "{code}", "label": "Guest {fresh}"},
    "POST /api/v1/workshops/{workshop_id}/admissions/{admission_id}": {"admit": False},
    "POST /api/v1/tokens": {"role": "owner"},
    "POST /api/v1/workshops/{workshop_id}/tokens": [{"role": "screen"}],
    "POST /api/v1/workshops/{workshop_id}/agenda": [
        {"day": 1, "start": "11:00", "end": "12:00", "title": "More"}
    ],
    "PATCH /api/v1/workshops/{workshop_id}/agenda/{item_id}": {"title": "All of it"},
    "POST /api/v1/workshops/{workshop_id}/evidence": [{"title": "Another claim"}],
    "PATCH /api/v1/workshops/{workshop_id}/evidence/{evidence_id}": {"title": "The claim"},
    "POST /api/v1/workshops/{workshop_id}/groups": [{"name": "Group {fresh}"}],
    "PATCH /api/v1/workshops/{workshop_id}/groups/{group_id}": {"name": "Group {fresh}"},
    "POST /api/v1/workshops/{workshop_id}/groups/seating": {},
    "POST /api/v1/workshops/{workshop_id}/groups/{group_id}/call-back": {},
    "POST /api/v1/workshops/{workshop_id}/groups/call-back": {},
    "POST /api/v1/activities/{activity_id}/groups": {},
    "POST /api/v1/workshops/{workshop_id}/components": [TEXT],
    "PATCH /api/v1/workshops/{workshop_id}/components/{component_id}": TEXT,
    "POST /api/v1/workshops/{workshop_id}/conclusions": [TEXT],
    "PATCH /api/v1/workshops/{workshop_id}/conclusions/{conclusion_id}": TEXT,
    "POST /api/v1/workshops/{workshop_id}/notes": TEXT,
    "PATCH /api/v1/workshops/{workshop_id}/notes/{note_id}": {"text": "Words", "released": True},
    "PUT /api/v1/workshops/{workshop_id}/screen": {"show": "join"},
    "PUT /api/v1/workshops/{workshop_id}/timer": {"seconds": 60},
    "POST /api/v1/workshops/{workshop_id}/step": {"by": 1},
    "POST /api/v1/activities/{activity_id}/ask": {"row": "{row_id}"},
    "POST /api/v1/workshops/{workshop_id}/activities": {"type": "rate", "title": "Rate"},
    "PATCH /api/v1/activities/{activity_id}": {"title": "How important?"},
    "POST /api/v1/activities/{activity_id}/stage": {"stage": "discussing"},
    "POST /api/v1/activities/{activity_id}/focus": {"focus": "{option}"},
    "POST /api/v1/rounds/{round_id}/send-on": {"activity": "{activity_id}"},
    "POST /api/v1/rounds/{round_id}/statements": TEXT,
    "POST /api/v1/activities/{activity_id}/rounds": {},
    "POST /api/v1/rounds/{round_id}/reopen": {"reason": "Once more"},
    "POST /api/v1/rounds/{round_id}/publish": {"to": []},
    "POST /api/v1/rounds/{round_id}/deadline": {"seconds": None},
    "POST /api/v1/rounds/{round_id}/extend": {"seconds": 60},
    "POST /api/v1/rounds/{round_id}/reasons": {"option": "{option}", "words": "So"},
    "POST /api/v1/rounds/{round_id}/voters": {"participant": "{participant_id}"},
    "POST /api/v1/reasons/{reason_id}/hold": {"held_back": True},
    "POST /api/v1/rounds/{round_id}/ballots": {"body": {"rating": {}}, "revision": 9},
    "POST /api/v1/workshops/{workshop_id}/proposals": {"kind": "priority_area", **TEXT},
    "PATCH /api/v1/workshops/{workshop_id}/proposals/{proposal_id}": TEXT,
    "POST /api/v1/workshops/{workshop_id}/proposals/merge": {
        "proposals": ["{area_id}"], **TEXT
    },
    "POST /api/v1/workshops/{workshop_id}/proposals/{proposal_id}/moderation": {
        "decision": "accept"
    },
    "PUT /api/v1/workshops/{workshop_id}/matrix/{area_id}/{response_id}": {"notes": "More"},
    "POST /api/v1/activities/{activity_id}/put": {"row": "{row_id}"},
    "POST /api/v1/workshops/{workshop_id}/flags": {"row": "{row_id}", "flag": "stand_aside"},
    "PATCH /api/v1/workshops/{workshop_id}/flags/{flag_id}": {"withdrawn": True},
    "POST /api/v1/workshops/{workshop_id}/decisions": {
        "rows": ["{row_id}"], "wording_versions": ["{wording}"], "ruling": "not_agreed",
        "ruled_by": "{chair}",
    },
    "POST /api/v1/workshops/{workshop_id}/mail": {},
    "POST /api/v1/workshops/{workshop_id}/exports": {"format": "csv"},
    "PUT /api/v1/workshops/{workshop_id}/floor": {"seconds": 120},
    "POST /api/v1/workshops/{workshop_id}/floor/call": {"participant": "{participant_id}"},
    "POST /api/v1/workshops/{workshop_id}/floor/{speaker_id}/place": {"by": 1},
    "POST /api/v1/workshops/{workshop_id}/day/move": {"minutes": 10},
    "POST /api/v1/workshops/{workshop_id}/parking": TEXT,
    "PATCH /api/v1/workshops/{workshop_id}/parking/{parked_id}": {"status": "resolved"},
    "POST /w/{workshop_id}/mine/notes": TEXT,
    "POST /w/{workshop_id}/mine/alike": {"kind": "priority_area", **TEXT},
}  # fmt: skip
