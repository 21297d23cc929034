"""Words for imported conferences."""

from collections.abc import Sequence

_TOPICS = {
    "android": "Android",
    "api": "APIs",
    "clojure": "Clojure",
    "cpp": "C++",
    "css": "CSS",
    "devops": "DevOps",
    "dotnet": ".NET",
    "general": "software development",
    "graphql": "GraphQL",
    "groovy": "Groovy",
    "ios": "iOS",
    "iot": "the Internet of Things",
    "java": "Java",
    "javascript": "JavaScript",
    "kotlin": "Kotlin",
    "opensource": "open source",
    "php": "PHP",
    "product": "product management",
    "python": "Python",
    "rust": "Rust",
    "sre": "site reliability",
    "typescript": "TypeScript",
    "ux": "user experience",
}


def summary_of(topics: Sequence[str]) -> str:
    """`A conference about data and Python.`; nothing without topics."""
    names = [_TOPICS.get(topic, topic.replace("-", " ")) for topic in topics]
    if not names:
        return ""
    most, last = ", ".join(names[:-1]), names[-1]
    return f"A conference about {most} and {last}." if most else f"A conference about {last}."
