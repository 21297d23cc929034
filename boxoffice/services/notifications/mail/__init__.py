"""Mail: logic-less templates rendered to a message, and the ways a message leaves."""
