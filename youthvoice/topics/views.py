"""The topics, and the page of one: what many ask about, under one name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from youthvoice.kit.public import public_page
from youthvoice.reads.actions import count_read
from youthvoice.topics import queries
from youthvoice.topics.models import Topic


@public_page("after")
def topics(request: HttpRequest) -> HttpResponse:
    after = request.GET.get("after", "")
    found = queries.listed(after=after)
    url = reverse("topics:list")
    context = {
        "topics": found.items,
        "next_url": f"{url}?after={found.next_after}" if found.next_after else "",
        "first_url": url if after else "",
    }
    return render(request, "topics/list.html", context)


@public_page("after")
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Topic.objects.select_related("host"), pk=pk)
    count_read(request, queries.name_for_reads(found))
    after = request.GET.get("after", "")
    tags = queries.in_topic(found, after=after)
    url = found.get_absolute_url()
    context = {
        "topic": found,
        "questions": [tag.question for tag in tags.items],
        "reads": queries.reads_of(found),
        "next_url": f"{url}?after={tags.next_after}" if tags.next_after else "",
        "first_url": url if after else "",
    }
    return render(request, "topics/topic.html", context)
