package sqlboiler

// Sink keeps the results of jobs that have no response.
var Sink any
