package sqlboiler

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"slices"

	"github.com/aarondl/sqlboiler/v4/boil"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/models"
)

type surveyStore struct{ exec boil.ContextExecutor }

func (s *surveyStore) answer(ctx context.Context, survey int64, question, text string) error {
	a := models.Answer{Survey: survey, Question: question, Answer: text}
	return a.Insert(ctx, s.exec, boil.Infer()) // want: row-by-row-insert
}

// submit takes a form, a JSON object of questions and answers.
func (s *surveyStore) submit(ctx context.Context, survey int64, form io.Reader) (int, error) {
	var answers map[string]string
	if err := json.NewDecoder(form).Decode(&answers); err != nil {
		return 0, err
	}
	for _, q := range slices.Sorted(maps.Keys(answers)) { // also: row-by-row-insert
		if err := s.answer(ctx, survey, q, answers[q]); err != nil { // also: row-by-row-insert
			return 0, err
		}
	}
	return len(answers), nil
}
