package nplusgone

// AnalyseLater makes w analyse requests as outside of a test binary.
func AnalyseLater(w *Watcher) { w.later = true }
