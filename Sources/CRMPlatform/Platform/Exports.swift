// What embedders get with `import CRMPlatform`: the model, the records, the output and the plugins' public types.
@_exported public import CRMAutomation
@_exported public import CRMModel
@_exported public import CRMOutput
@_exported public import CRMRecords
@_exported public import CRMRuntime
@_exported public import CRMScripting
