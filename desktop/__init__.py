"""The application without Qt: model, rules, workspace file, travelling files, use cases."""
