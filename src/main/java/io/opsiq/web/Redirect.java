package io.opsiq.web;

/** Where a form leads to once its work is done; never away from this server. */
final class Redirect {

    private Redirect() {}

    /** The view that sends the browser there with 303 See Other. */
    static String to(String wanted) {
        return "redirect:" + local(wanted);
    }

    /** The address if it is one of this server, else Mission Control. */
    static String local(String wanted) {
        return wanted.matches("/(?![/\\\\])[\\w\\-./?=&%+~:,]*") ? wanted : "/";
    }
}
