"""The topics, and the page of one: what many ask about, under one name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from youthvoice.kit.public import public_page
from youthvoice.questions import queries
from youthvoice.site.public import count_read
from youthvoice.site.targets import of_topic, reads_of_topic
from youthvoice.topics import queries as topics_queries
from youthvoice.topics.models import Topic


@public_page
def topics(request: HttpRequest) -> HttpResponse:
    after = request.GET.get("after", "")
    found = topics_queries.listed(after=after)
    url = reverse("site:topics")
    context = {
        "topics": found.items,
        "next_url": f"{url}?after={found.next_after}" if found.next_after else "",
        "first_url": url if after else "",
    }
    return render(request, "site/topics.html", context)


@public_page
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Topic.objects.select_related("host"), pk=pk)
    count_read(request, of_topic(pk))
    after = request.GET.get("after", "")
    tags = queries.in_topic(found, after=after)
    url = found.get_absolute_url()
    context = {
        "topic": found,
        "questions": [tag.question for tag in tags.items],
        "reads": reads_of_topic(found),
        "next_url": f"{url}?after={tags.next_after}" if tags.next_after else "",
        "first_url": url if after else "",
    }
    return render(request, "site/topic.html", context)
