"""Reports, hiding by the rules, appeals: who may take words away, and who may not.

Danger to somebody is left to `crisis`; complaints about an organisation are never hidden.
"""
