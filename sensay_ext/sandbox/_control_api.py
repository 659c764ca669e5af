"""The controls over HTTP, under `/sandbox`, for those who are not in the sandbox's own process."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, Router

from sensay_ext.sandbox._clock import VirtualClock, to_text
from sensay_ext.sandbox._faults import Fault, Rule, TrainingFault
from sensay_ext.sandbox._state import State

Act = Callable[[dict[str, Any]], Awaitable[Any]]


class ControlApi:
    """The endpoints of the controls.

    Args:
        state: What they work on.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self.router = Router(
            [
                self._route("/clock", "GET", self._time),
                self._route("/clock", "POST", self._advance),
                self._route("/faults", "GET", self._faults),
                self._route("/faults", "POST", self._add_fault),
                self._route("/faults", "DELETE", self._clear_faults),
                self._route("/training-faults", "POST", self._add_training_fault),
                self._route("/stale-reads", "POST", self._stale_reads),
                self._route("/organizations", "POST", self._add_organization),
                self._route("/quotas", "PUT", self._set_quotas),
                self._route("/invites", "POST", self._add_invite),
                self._route("/videos", "POST", self._add_video),
                self._route("/playlists", "POST", self._add_playlist),
                self._route("/requests", "GET", self._requests),
            ]
        )

    def _route(self, path: str, method: str, act: Act) -> Route:
        @wraps(act)
        async def endpoint(request: Request) -> JSONResponse:
            if request.headers.get("x-organization-secret") != self._state.settings.secret:
                return JSONResponse({"error": "The controls need the sandbox's own secret"}, 401)
            content = await request.body()
            try:
                given = json.loads(content or b"{}")
                return JSONResponse(await act(given))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

        return Route(f"/sandbox{path}", endpoint, methods=[method])

    async def _time(self, _: dict[str, Any]) -> Any:
        return {"now": self._state.now(), "virtual": isinstance(self._state.clock, VirtualClock)}

    async def _advance(self, given: dict[str, Any]) -> Any:
        clock = self._state.clock
        if not isinstance(clock, VirtualClock):
            raise ValueError("only a virtual clock can be moved")  # noqa: TRY004 - a setting, not a type, is wrong
        await self._state.trainer.settle(clock.advance(given["seconds"]))
        return {"now": self._state.now()}

    async def _faults(self, _: dict[str, Any]) -> Any:
        faults = self._state.faults
        return {"requests": [asdict(rule) for rule in faults.requests], "training": list(map(asdict, faults.training))}

    async def _add_fault(self, given: dict[str, Any]) -> Any:
        fault = Fault.from_json(given.pop("fault"))
        self._state.faults.requests.append(Rule(fault=fault, **given))
        return {"faults": len(self._state.faults.requests)}

    async def _add_training_fault(self, given: dict[str, Any]) -> Any:
        fault = TrainingFault(**given.pop("fault"))
        self._state.faults.training.append(Rule(fault=fault, **given))
        return {"faults": len(self._state.faults.training)}

    async def _stale_reads(self, given: dict[str, Any]) -> Any:
        rule = Rule(fault=Fault(stale=True), **{"method": "GET", **given})
        self._state.freeze_reads()
        self._state.faults.requests.append(rule)
        return {"faults": len(self._state.faults.requests)}

    async def _clear_faults(self, _: dict[str, Any]) -> Any:
        self._state.faults.clear()
        return {"faults": 0}

    async def _add_organization(self, given: dict[str, Any]) -> Any:
        return {"id": self._state.add_organization(given["secret"], name=given.get("name", "Organization"))}

    async def _set_quotas(self, given: dict[str, Any]) -> Any:
        secret = given.get("secret", self._state.settings.secret)
        self._state.set_quotas(secret, given.get("conversations"), given.get("entries"), given.get("replicas"))
        return {}

    async def _add_invite(self, given: dict[str, Any]) -> Any:
        moments = [given.get("expires_at"), given.get("valid_until")]
        stored = [None if moment is None else to_text(datetime.fromisoformat(moment)) for moment in moments]
        self._state.add_invite(given["code"], *stored)
        return {}

    async def _add_video(self, given: dict[str, Any]) -> Any:
        self._state.videos.add_video(given["id"], given.get("transcript"), given.get("title"))
        return {}

    async def _add_playlist(self, given: dict[str, Any]) -> Any:
        self._state.videos.add_playlist(given["id"], given["videos"])
        return {}

    async def _requests(self, _: dict[str, Any]) -> Any:
        # Headers stay out: they hold secrets, and nobody across the network needs them.
        names = ("method", "path", "operation", "user", "status", "request_id")
        return {"items": [{name: getattr(one, name) for name in names} for one in self._state.requests]}
