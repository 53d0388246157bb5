"""PostgreSQL and Valkey for people who have no server: started from their wheels, stopped with the portal.

Both listen on a Unix socket only, in a folder nobody else can enter, and never run as root.
"""
