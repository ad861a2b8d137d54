internal import Latent

/// Variables named on the command line: `A,B` or the option repeated. A name with a comma is taken whole when a
/// variable has it.
func variables(named texts: [String], in schema: Schema) throws -> [VariableID] {
  var ids: [VariableID] = []
  for text in texts {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for name in schema[text] == nil ? parts : [text] {
      guard let id = schema[name] else { throw EvidenceError.noSuchVariable(name) }
      if !ids.contains(id) { ids.append(id) }
    }
  }
  return ids
}
