"""Users: who people are, which organizers exist, and who may do what for them.

Owns     schema users: users, organizers, members, sessions
Offers   api.Users · facts UserRegistered, EmailVerificationRequested, RegistrationRepeated,
         EmailVerified, OrganizerCreated, MemberAdded, MemberRoleChanged, MemberRemoved
Listens  nothing: every other service stands above it
"""
