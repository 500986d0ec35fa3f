"""What a worker does for those who run the site."""

from django_tasks import task


@task()
def answer() -> str:
    """Give a sign of life: the doctor asks for one."""
    return "here"
