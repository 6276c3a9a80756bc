import { type Template, type TemplateValues } from './template.rules';

/**
 * What the product says by itself. A changed text gets a new version, because the delivery log names the version that
 * was sent. A line whose placeholder has no value is left out.
 */
export const builtInTemplates: readonly Template[] = [
  {
    id: 'registration-confirmed',
    version: 1,
    description: 'A registration was confirmed, at once or after approval or from the waiting list',
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
