"""Reports, hiding by the rules, appeals: who may take words away, and who may not."""
