# The facts of productpage.py of the Bookinfo sample: who is called, how long, how often.
import os

details_host = os.environ.get("DETAILS_HOSTNAME", "details")
reviews_host = "reviews" if os.environ.get("REVIEWS_HOSTNAME") is None else os.environ.get("REVIEWS_HOSTNAME")

details = {"name": "http://{0}:{1}".format(details_host, "9080"), "endpoint": "details"}
reviews = {"name": "http://{0}:{1}".format(reviews_host, "9080"), "endpoint": "reviews"}


def product_details(product_id, headers):
    url = details["name"] + "/" + details["endpoint"] + "/" + str(product_id)
    return send_request(url, headers=headers, timeout=3.0)


def product_reviews(product_id, headers):
    for _ in range(2):
        try:
            url = reviews["name"] + "/" + reviews["endpoint"] + "/" + str(product_id)
            answer = send_request(url, headers=headers, timeout=3.0)
        except BaseException:
            answer = None
        if answer and answer.status_code == 200:
            return answer.json()
    return None
