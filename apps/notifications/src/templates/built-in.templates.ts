import { type Template, type TemplateValues } from './template.rules';

/**
 * What the product says by itself. A changed text gets a new version, because the delivery log names the version that
 * was sent. A line whose placeholder has no value is left out.
 */
export const builtInTemplates: readonly Template[] = [
  {
    id: 'registration-confirmed',
    version: 1,
    description: 'A registration was confirmed, at once or after approval',
    languages: {
      en: {
        subject: 'Your registration for {{eventName}} is confirmed',
        text: 'Dear {{name}},\n\nyour registration is confirmed.\n\nEvent: {{eventName}}\nStarts: {{startsAt}}\nRegistration: {{registrationId}}\n',
      },
      zh: {
        subject: '您已成功报名：{{eventName}}',
        text: '{{name}}，您好：\n\n您的报名已确认。\n\n活动：{{eventName}}\n开始时间：{{startsAt}}\n报名编号：{{registrationId}}\n',
      },
      ko: {
        subject: '{{eventName}} 참가 등록이 확정되었습니다',
        text: '{{name}} 님, 안녕하세요.\n\n참가 등록이 확정되었습니다.\n\n행사: {{eventName}}\n시작: {{startsAt}}\n등록 번호: {{registrationId}}\n',
      },
      ja: {
        subject: '{{eventName}} の参加登録が確定しました',
        text: '{{name}} 様\n\n参加登録が確定しました。\n\nイベント：{{eventName}}\n開始：{{startsAt}}\n登録番号：{{registrationId}}\n',
      },
    },
  },
  {
    id: 'registration-cancelled',
    version: 1,
    description: 'A registration was cancelled',
    languages: {
      en: {
        subject: 'Your registration for {{eventName}} is cancelled',
        text: 'Dear {{name}},\n\nyour registration has been cancelled.\n\nEvent: {{eventName}}\nRegistration: {{registrationId}}\n',
      },
      zh: {
        subject: '您的报名已取消：{{eventName}}',
        text: '{{name}}，您好：\n\n您的报名已取消。\n\n活动：{{eventName}}\n报名编号：{{registrationId}}\n',
      },
      ko: {
        subject: '{{eventName}} 참가 등록이 취소되었습니다',
        text: '{{name}} 님, 안녕하세요.\n\n참가 등록이 취소되었습니다.\n\n행사: {{eventName}}\n등록 번호: {{registrationId}}\n',
      },
      ja: {
        subject: '{{eventName}} の参加登録が取り消されました',
        text: '{{name}} 様\n\n参加登録が取り消されました。\n\nイベント：{{eventName}}\n登録番号：{{registrationId}}\n',
      },
    },
  },
  {
    id: 'registration-waitlisted',
    version: 1,
    description: 'Somebody signed up and waits for a place',
    languages: {
      en: {
        subject: 'You are on the waiting list for {{eventName}}',
        text: 'Dear {{name}},\n\nthere is no place left at the moment. You are on the waiting list and will hear from us as soon as one becomes free.\n\nEvent: {{eventName}}\nStarts: {{startsAt}}\nRegistration: {{registrationId}}\n',
      },
      zh: {
        subject: '您已进入候补名单：{{eventName}}',
        text: '{{name}}，您好：\n\n目前名额已满，您已进入候补名单。一有空位，我们会立即通知您。\n\n活动：{{eventName}}\n开始时间：{{startsAt}}\n报名编号：{{registrationId}}\n',
      },
      ko: {
        subject: '{{eventName}} 대기자 명단에 등록되었습니다',
        text: '{{name}} 님, 안녕하세요.\n\n현재 남은 자리가 없어 대기자 명단에 등록되었습니다. 자리가 나는 대로 알려 드리겠습니다.\n\n행사: {{eventName}}\n시작: {{startsAt}}\n등록 번호: {{registrationId}}\n',
      },
      ja: {
        subject: '{{eventName}} のキャンセル待ちとして受け付けました',
        text: '{{name}} 様\n\n現在満席のため、キャンセル待ちとして受け付けました。空きが出次第お知らせします。\n\nイベント：{{eventName}}\n開始：{{startsAt}}\n登録番号：{{registrationId}}\n',
      },
    },
  },
  {
    id: 'registration-promoted',
    version: 1,
    description: 'A place became free for somebody who waited, and the registration is confirmed',
    languages: {
      en: {
        subject: 'A place for you at {{eventName}}',
        text: 'Dear {{name}},\n\na place has become free: you are no longer on the waiting list, and your registration is confirmed.\n\nEvent: {{eventName}}\nStarts: {{startsAt}}\nRegistration: {{registrationId}}\n',
      },
      zh: {
        subject: '您已从候补转为正式报名：{{eventName}}',
        text: '{{name}}，您好：\n\n现已有空位，您已从候补名单转为正式报名，您的报名已确认。\n\n活动：{{eventName}}\n开始时间：{{startsAt}}\n报名编号：{{registrationId}}\n',
      },
      ko: {
        subject: '{{eventName}} 참가 등록이 대기에서 확정되었습니다',
        text: '{{name}} 님, 안녕하세요.\n\n자리가 나서 대기자 명단에서 벗어나 참가 등록이 확정되었습니다.\n\n행사: {{eventName}}\n시작: {{startsAt}}\n등록 번호: {{registrationId}}\n',
      },
      ja: {
        subject: '{{eventName}} の参加登録がキャンセル待ちから確定しました',
        text: '{{name}} 様\n\n空きが出たため、キャンセル待ちから参加登録が確定しました。\n\nイベント：{{eventName}}\n開始：{{startsAt}}\n登録番号：{{registrationId}}\n',
      },
    },
  },
  {
    id: 'registration-declined',
    version: 1,
    description: 'A registration was turned down',
    languages: {
      en: {
        subject: 'Your registration for {{eventName}} was not accepted',
        text: 'Dear {{name}},\n\nyour registration could not be accepted.\n\nEvent: {{eventName}}\nStarts: {{startsAt}}\nRegistration: {{registrationId}}\n',
      },
      zh: {
        subject: '您的报名未获通过：{{eventName}}',
        text: '{{name}}，您好：\n\n很抱歉，您的报名未获通过。\n\n活动：{{eventName}}\n开始时间：{{startsAt}}\n报名编号：{{registrationId}}\n',
      },
      ko: {
        subject: '{{eventName}} 참가 등록이 승인되지 않았습니다',
        text: '{{name}} 님, 안녕하세요.\n\n참가 등록이 승인되지 않았습니다.\n\n행사: {{eventName}}\n시작: {{startsAt}}\n등록 번호: {{registrationId}}\n',
      },
      ja: {
        subject: '{{eventName}} の参加登録は承認されませんでした',
        text: '{{name}} 様\n\n誠に恐れ入りますが、参加登録は承認されませんでした。\n\nイベント：{{eventName}}\n開始：{{startsAt}}\n登録番号：{{registrationId}}\n',
      },
    },
  },
];

export function templateOf(id: string): Template | undefined {
  return builtInTemplates.find((template) => template.id === id);
}

/** For previews: nobody's data. */
export const previewValues: TemplateValues = {
  name: '김민수',
  eventName: '2024 China-Japan-Korea Industrial Cooperation Development Forum',
  startsAt: '2024-10-17 09:00 (Asia/Shanghai)',
  registrationId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a80',
};
