"""A poll on Django Channels, as its tutorial and Django's documentation show it: an asynchronous
consumer, one object for each vote, the new tally sent to a group. The layer is the one in memory,
which spares it the way to Redis. `PORT` and `SIZE` are the arguments; the votes lie in poll.db of
the working directory.
"""

import sys

import django
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.db import connection, models
from django.urls import path

settings.configure(
    INSTALLED_APPS=["channels"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "poll.db"}},
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()
CHANGE = "." * (int(sys.argv[2]) - 15)


class Vote(models.Model):  # type: ignore[misc]
    """What one voter said to one question."""

    question = models.IntegerField(db_index=True)
    voter = models.IntegerField()
    choice = models.CharField(max_length=20)

    class Meta:
        app_label = "poll"
        db_table = "vote"


def record(question, voter, choice):  # type: ignore[no-untyped-def]
    """Store one vote; the tally as it now stands."""
    Vote.objects.create(question=question, voter=voter, choice=choice)
    counted = Vote.objects.filter(question=question).values_list("choice")
    return dict(counted.annotate(models.Count("id")))


class Poll(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """One socket of the poll."""

    async def connect(self):  # type: ignore[no-untyped-def]
        await self.channel_layer.group_add("poll", self.channel_name)
        await self.accept()

    async def disconnect(self, _code):  # type: ignore[no-untyped-def]
        await self.channel_layer.group_discard("poll", self.channel_name)

    async def receive_json(self, content):  # type: ignore[no-untyped-def]
        if "voter" in content:
            tally = await database_sync_to_async(record)(**content)
            await self.send_json({"ack": content["voter"]})
            told = {"tally": tally, "question": content["question"]}
        else:
            told = {"changed": CHANGE}
        await self.channel_layer.group_send("poll", {"type": "poll.told", "told": told})

    async def poll_told(self, event):  # type: ignore[no-untyped-def]
        await self.send_json(event["told"])


application = ProtocolTypeRouter({"websocket": URLRouter([path("", Poll.as_asgi())])})

if __name__ == "__main__":
    import uvicorn

    with connection.schema_editor() as editor:
        editor.create_model(Vote)
    uvicorn.run(application, port=int(sys.argv[1]), log_level="warning", lifespan="off")
